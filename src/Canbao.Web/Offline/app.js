// Collects cash without a connection: work is taken along, receipts are given, and what was taken is sent when there is a network again.

import { facts, h, message, show } from './dom.js';
import { code, sum, yuan } from './receipt.js';
import * as server from './server.js';
import * as store from './store.js';

const SHOWN = 30;

const TEXTS = {
    W140: '任务只在领取当天有效，现在不能再用它收款。请联网上传，再领取今天的任务。',
    W141: '票据号已用完。请联网上传，再领取任务。',
    W142: '还有没有上传的收款，请先上传。',
    W143: '登录已过期，收款都还在手机里。请重新登录后再上传。',
    W144: '本机的收款属于另一个账号。请用原来的账号登录后上传，不会丢失。',
    W145: '连不上服务器，或内容已在别处改变。收款保存在手机里，稍后再试。',
    W146: '手机没有空间或不允许保存数据，这一步没有保存。请不要收款，换用普通浏览窗口再试。',
};

let kept = { bag: undefined, households: [], takings: [] };
let standing = null;
let results = [];
let opened = null;
let busy = false;

const device = () => {
    let name = localStorage.getItem('canbao-device');
    if (!name)
        localStorage.setItem('canbao-device', name = crypto.randomUUID());
    return name;
};

/** The server's time, as far as the phone knows it. */
const now = () => Date.now() + (kept.bag?.ahead ?? 0);

const isOver = () => kept.bag && now() >= kept.bag.ends;

const isForeign = () => standing !== null && (kept.bag && kept.bag.agent !== standing.login
    || kept.takings.some(taking => taking.agent !== standing.login));

const say = (...messages) => show('say', messages);

/** Does something once at a time, and tells what went wrong. */
async function attempt(work) {
    if (busy)
        return;
    busy = true;
    document.body.setAttribute('aria-busy', 'true');
    try {
        await work();
    } catch (fault) {
        const known = TEXTS[fault.message] ? fault.message : /^[CW]\d{3}$/.test(fault.message) ? fault.message : 'W146';
        say(message('bad', `${fault.text ?? TEXTS[known]}（${known}）`));
        if (known === 'W143')
            standing = null;
    } finally {
        busy = false;
        document.body.removeAttribute('aria-busy');
        kept = await store.read();
        render();
    }
}

/** Asks who is signed in; null without a connection. */
async function ask() {
    try {
        standing = await server.standing();
    } catch (fault) {
        standing = null;
        if (fault.message === 'W143' && kept.takings.length > 0)
            say(message('warn', `${TEXTS.W143}（W143）`));
    }
}

const takeBag = () => attempt(async () => {
    standing = await server.standing();
    const unit = document.getElementById('unit').value;
    await navigator.storage?.persist?.();
    const began = Date.now();
    const bag = await server.takeBag(standing.token, unit, device());
    // Half of the way there and back is what the answer took.
    await store.keepBag({ ...bag, ahead: bag.now - (began + Date.now()) / 2 });
    results = [];
    opened = null;
    say(message('good', `已领取 ${bag.households.length} 户，现在可以离线收款。`));
});

const returnBag = () => attempt(async () => {
    if (kept.takings.length > 0)
        throw new Error('W142');
    standing = await server.standing();
    await server.returnBag(standing.token, kept.bag.id);
    await store.clear();
    opened = null;
    say(message('good', '任务已交回，本机数据已清除。'));
});

const upload = () => attempt(async () => {
    standing = await server.standing();
    if (isForeign())
        throw new Error('W144');
    results = [];
    opened = null;
    // A voided one that was never sent is sent as void; what is on its way stays as it is.
    await store.sending(kept.takings.map(taking => taking.key));
    const byKey = new Map(kept.takings.map(taking => [taking.key, taking]));
    for await (const { answers } of server.send(standing.token, kept.takings)) {
        results.push(...answers.map(answer => ({ ...answer, taking: byKey.get(answer.key) })));
        await store.settle(answers);
    }
    standing = await server.standing();
    say();
});

const collect = household => attempt(async () => {
    const people = [...document.querySelectorAll('input[name=member]:checked')].map(box => box.value);
    if (people.length === 0)
        throw Object.assign(new Error('C105'), { text: '没有勾选任何人；请勾选要收款的成员' });
    const taken = await store.take(household, people, now());
    say(message('good', `已收现金 ${yuan(sum(taken))} 元，${taken.length} 人；请把票据给缴费人看或抄下票据号。`));
    opened = { receipts: taken };
    scrollTo(0, 0);
});

const voidTaking = (taking, reason) => attempt(async () => {
    if (reason.trim().length === 0)
        throw Object.assign(new Error('C137'), { text: '请填写作废原因' });
    await store.voidTaking(taking.key, reason.trim());
    say(message('warn', `票据 ${taking.receipt} 已作废；请把 ${yuan(taking.fen)} 元退给缴费人。`));
    opened = null;
});

function go(view) {
    opened = view;
    say();
    render();
    scrollTo(0, 0);
}

function render() {
    const badge = document.getElementById('net');
    badge.textContent = standing ? `已联网 ${standing.name}` : '离线';
    badge.className = `badge ${standing ? 'good' : 'warn'}`;
    const bagOpen = kept.bag && !isOver() && !isForeign();
    if (opened?.household && !bagOpen)
        opened = null;
    // A receipt that is shown and a household that pays stand alone on the screen.
    show('work', opened ? null : work());
    show('outbox', opened ? null : outbox());
    show('results', opened ? null : resultsOf());
    if (opened?.receipts)
        show('view', receipts(opened.receipts));
    else if (opened?.household)
        show('view', household(kept.households.find(one => one.id === opened.household)));
    else
        show('view', bagOpen ? search() : null);
}

function work() {
    const { bag } = kept;
    if (isForeign())
        return message('bad', `${TEXTS.W144}（W144）`);
    const lines = bag ? [facts([
        ['任务', `${bag.unit_name} ${bag.year} 年度`], ['编号', bag.name], ['收款人', bag.agent_name],
        ['有效', `${bag.day} 当天`], ['剩余票据号', `${bag.numbers.length - bag.next}`],
    ])] : [];
    if (isOver())
        lines.push(message('warn', `${TEXTS.W140}（W140）`));
    if (standing && kept.takings.length === 0) {
        lines.push(h('div', { class: 'field' }, h('label', { for: 'unit' }, '收款单位'),
            h('select', { id: 'unit' }, standing.units.map(unit =>
                h('option', { value: unit.code, selected: unit.code === bag?.unit_code }, unit.name)))));
        lines.push(h('div', { class: 'actions' },
            h('button', { class: bag ? null : 'main', click: takeBag }, bag ? '重新领取' : '领取任务'),
            bag ? h('button', { click: returnBag }, '交回任务，清除本机数据') : null));
    } else if (!bag && !standing) {
        lines.push(h('p', { class: 'empty' }, '本机没有任务。联网登录后，在这里领取任务，再去没有网络的地方收款。'),
            h('p', {}, h('a', { href: '/sign-in?from=/collection/offline' }, '登录')));
    }
    return h('section', { class: 'panel' }, h('h2', {}, '任务'), lines);
}

function outbox() {
    const waiting = kept.takings;
    if (waiting.length === 0)
        return null;
    const standingOnes = waiting.filter(taking => !taking.void_reason);
    return h('section', { class: 'panel' },
        h('h2', {}, `未上传 ${waiting.length} 笔，${yuan(sum(standingOnes))} 元`),
        h('ul', { class: 'offline-list' }, waiting.map(taking => h('li', {},
            h('button', { class: 'offline-row', click: () => go({ receipts: [taking] }) },
                h('b', {}, taking.name), h('span', {}, taking.receipt),
                h('span', { class: 'number' }, taking.void_reason ? '已作废' : `${yuan(taking.fen)} 元`)),
            taking.held ? message('bad', taking.held) : null))),
        h('div', { class: 'actions' }, h('button', { class: 'main', click: upload }, `上传 ${waiting.length} 笔`),
            standing ? null : h('a', { class: 'button', href: '/sign-in?from=/collection/offline' }, '重新登录')));
}

function resultsOf() {
    const back = standing?.give_back ?? [];
    if (results.length === 0 && back.length === 0)
        return null;
    const posted = results.filter(one => one.state === 'posted');
    const refused = results.filter(one => one.state === 'refused');
    return h('section', { class: 'panel' }, h('h2', {}, '上传结果'),
        posted.length > 0 ? message('good', `已入账 ${posted.length} 笔，${yuan(sum(posted.map(one => one.taking)))} 元。`) : null,
        refused.map(one => message('bad', `${one.taking.name} ${one.taking.receipt}：${one.text}（${one.code}）`)),
        results.length > 0 && kept.takings.length > 0 ? message('warn', `还有 ${kept.takings.length} 笔没有上传。`) : null,
        back.length > 0
            ? message('bad', `手中有 ${back.length} 笔应退还的现金，共 ${yuan(sum(back))} 元；退给本人后，请到“应退现金和票据号”登记。`)
            : null);
}

function search() {
    const box = h('input', { id: 'search', type: 'search', autocomplete: 'off', input: () => show('found', found(box.value.trim())) });
    return [h('section', { class: 'panel' },
        h('div', { class: 'field' }, h('label', { for: 'search' }, '姓名、户号或住址'), box)),
    h('section', { id: 'found' }, found(''))];
}

function found(text) {
    const fits = one => text === '' || one.number === text || one.address.includes(text)
        || one.members.some(member => member.name.startsWith(text));
    const all = kept.households.filter(fits).sort((one, other) => one.place - other.place);
    if (all.length === 0)
        return [h('p', { class: 'empty' }, '任务里没有符合的家庭户；没有欠费的户不在任务里。')];
    return [h('ul', { class: 'offline-list' }, all.slice(0, SHOWN).map(one => {
        const owing = one.members.filter(member => member.fen && !member.receipt);
        return h('li', {}, h('button', { class: 'offline-row', click: () => go({ household: one.id }) },
            h('b', {}, `${one.head} 户`), h('span', {}, one.address),
            h('span', { class: 'number' }, owing.length > 0 ? `待收 ${owing.length} 人 ${yuan(sum(owing))} 元` : '已收')));
    })), all.length > SHOWN ? h('p', { class: 'hint' }, `共 ${all.length} 户，只列出 ${SHOWN} 户；请输入姓名或户号。`) : null];
}

function household(file) {
    const owing = file.members.filter(member => member.fen && !member.receipt);
    const total = h('b', {}, yuan(sum(owing)));
    const count = () => {
        const chosen = [...document.querySelectorAll('input[name=member]:checked')].map(box => box.value);
        total.textContent = yuan(sum(owing.filter(member => chosen.includes(member.person))));
    };
    return h('section', { class: 'panel' }, h('h2', {}, `${file.head} 户`),
        facts([['户号', file.number || '—'], ['住址', file.address || '—']]),
        owing.map(member => h('label', { class: 'tick' },
            h('input', { type: 'checkbox', name: 'member', value: member.person, checked: true, change: count }),
            h('span', {}, `${member.name} ${yuan(member.fen)} 元`), h('span', { class: 'hint' }, member.mask))),
        file.members.filter(member => !owing.includes(member)).map(member => h('p', { class: 'hint' },
            `${member.name}：${member.receipt ? `已收，票据 ${member.receipt}` : member.note}`)),
        owing.length > 0 ? h('p', {}, '勾选合计 ', total, ' 元。请当面点清。') : null,
        h('div', { class: 'actions' },
            owing.length > 0 ? h('button', { class: 'main', click: () => collect(file.id) }, '确认已收现金') : null,
            h('button', { click: () => go(null) }, '返回列表')));
}

function receipts(all) {
    const current = all.map(taking => kept.takings.find(one => one.key === taking.key) ?? taking);
    return [...current.map(receipt), h('div', { class: 'actions' }, h('button', { click: () => go(null) }, '返回列表'))];
}

function receipt(taking) {
    const letters = h('dd', {});
    code(taking).then(text => letters.textContent = text);
    const reason = h('input', { id: `why-${taking.line}`, autocomplete: 'off', maxlength: 100 });
    return h('article', { class: 'panel receipt' }, h('h2', {}, '城乡居民基本医疗保险费收款凭据'),
        facts([
            ['票据号', taking.receipt], ['参保年度', `${taking.year} 年度`], ['姓名', taking.name], ['证件号码', taking.mask],
            ['缴费日期', taking.day], ['金额', h('b', {}, `${yuan(taking.fen)} 元`)], ['大写', `人民币${taking.capitals}`],
            ['经办', taking.by],
        ]),
        h('dl', { class: 'facts' }, h('div', {}, h('dt', {}, '校验码'), letters)),
        taking.void_reason ? message('bad', `此凭据已作废：${taking.void_reason}。`)
            : h('p', { class: 'hint' }, `上传后可核对真伪：${location.origin}/receipts/check`),
        taking.void_reason || taking.sent || !kept.takings.some(one => one.key === taking.key) ? null
            : h('details', {}, h('summary', {}, '收错了，作废'),
                h('div', { class: 'field' }, h('label', { for: reason.id }, '作废原因'), reason),
                h('div', { class: 'actions' },
                    h('button', { class: 'danger', click: () => voidTaking(taking, reason.value) }, '作废并退钱'))));
}

async function begin() {
    if (!('serviceWorker' in navigator) || !window.isSecureContext) {
        say(message('bad', `此浏览器或地址（须为 HTTPS）不能离线使用。${TEXTS.W146}（W146）`));
        return;
    }
    kept = await store.read();
    if (new URLSearchParams(location.search).has('leave')) {
        await store.clear();
        history.replaceState(null, '', location.pathname);
        kept = await store.read();
        say(message(kept.takings.length > 0 ? 'warn' : 'good', kept.takings.length > 0
            ? `已退出。还有 ${kept.takings.length} 笔没有上传，保存在本机；请重新登录后上传。` : '已退出，本机数据已清除。'));
    } else if (isOver() && kept.households.length > 0) {
        // A day that is over leaves nobody's data behind.
        await store.clear();
        kept = await store.read();
        say(message('warn', `${TEXTS.W140}（W140）`));
    }
    await ask();
    render();
    await navigator.serviceWorker.register('/collection/offline/worker.js', { scope: '/collection/offline' });
    await navigator.serviceWorker.ready;
    document.getElementById('ready').hidden = false;
}

for (const event of ['online', 'offline'])
    window.addEventListener(event, async () => {
        await ask();
        render();
    });
begin().catch(() => say(message('bad', `${TEXTS.W146}（W146）`)));
