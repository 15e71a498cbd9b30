// What the phone keeps, in the browser's own database. Each change is one transaction: done whole, or not at all when the phone dies.

const NAME = 'canbao-offline';
const STORES = ['bag', 'households', 'takings'];

let opened;

function open() {
    opened ??= new Promise((done, failed) => {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => {
            request.result.createObjectStore('bag');
            request.result.createObjectStore('households', { keyPath: 'id' });
            request.result.createObjectStore('takings', { keyPath: 'key' });
        };
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    return opened;
}

const asked = request => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
});

/** Runs work on all stores; what it throws undoes everything. Within it nothing but these requests is waited for. */
async function change(work) {
    const transaction = (await open()).transaction(STORES, 'readwrite', { durability: 'strict' });
    const ended = new Promise((done, failed) => {
        transaction.oncomplete = done;
        transaction.onabort = () => failed(transaction.error ?? new Error('W146'));
    });
    // Whoever throws below is told by that, and not by the abort that follows.
    ended.catch(() => { });
    const [bag, households, takings] = STORES.map(name => transaction.objectStore(name));
    let result;
    try {
        result = await work({ bag, households, takings });
    } catch (fault) {
        transaction.abort();
        throw fault;
    }
    await ended;
    return result;
}

/** Everything that is kept. */
export const read = () => change(async ({ bag, households, takings }) => ({
    bag: await asked(bag.get('bag')),
    households: await asked(households.getAll()),
    takings: (await asked(takings.getAll())).sort((one, other) => one.receipt < other.receipt ? -1 : 1),
}));

/** Keeps a new bag in place of what was there. Takings must have been sent before: W142. */
export const keepBag = fresh => change(async ({ bag, households, takings }) => {
    if (await asked(takings.count()) > 0)
        throw new Error('W142');
    households.clear();
    const { households: people, ...rest } = fresh;
    bag.put({ ...rest, next: 0 }, 'bag');
    for (const household of people)
        households.put(household);
});

/**
 * Takes cash from members of a household: uses a receipt number for each, marks them, keeps what was taken.
 * W140: the bag's day is over. W141: not enough numbers. W145: the household changed on another page of this phone.
 */
export const take = (household, people, now) => change(async ({ bag, households, takings }) => {
    const [own, file] = [await asked(bag.get('bag')), await asked(households.get(household))];
    if (!own || now >= own.ends)
        throw new Error('W140');
    const chosen = file?.members.filter(member => people.includes(member.person) && member.fen && !member.receipt) ?? [];
    if (chosen.length !== people.length)
        throw new Error('W145');
    if (own.next + chosen.length > own.numbers.length)
        throw new Error('W141');
    const taken = chosen.map(member => {
        const { no, key } = own.numbers[own.next++];
        member.receipt = no;
        return {
            key: crypto.randomUUID(), bag: own.id, agent: own.agent, line: own.next, receipt: no, number_key: key, year: own.year,
            household, person: member.person, name: member.name, mask: member.mask, fen: member.fen, verdict: member.verdict,
            signature: member.signature, day: own.day, taken_at: new Date(now).toISOString(), capitals: own.capitals[member.fen],
            by: own.agent_name, unit: own.unit,
        };
    });
    bag.put(own, 'bag');
    households.put(file);
    for (const taking of taken)
        takings.put(taking);
    return taken;
});

/** Voids what was not sent; its number stays used, and the member can be collected from again. */
export const voidTaking = (key, reason) => change(async ({ households, takings }) => {
    const taking = await asked(takings.get(key));
    if (!taking || taking.void_reason || taking.sent)
        return;
    takings.put({ ...taking, void_reason: reason });
    const file = await asked(households.get(taking.household));
    const member = file?.members.find(one => one.receipt === taking.receipt);
    if (member) {
        delete member.receipt;
        households.put(file);
    }
});

/** Marks what is on its way: from here on it may be recorded, and is not voided here any more. */
export const sending = keys => change(async ({ takings }) => {
    for (const key of keys) {
        const taking = await asked(takings.get(key));
        if (taking)
            takings.put({ ...taking, sent: true });
    }
});

/** Removes what the server recorded, and notes why it did not record the rest. */
export const settle = answers => change(async ({ households, takings }) => {
    for (const { key, state, code, text } of answers) {
        const taking = await asked(takings.get(key));
        if (!taking)
            continue;
        if (state === 'held' || state === 'later') {
            takings.put({ ...taking, held: state === 'held' ? `${text}（${code}）` : undefined });
            continue;
        }
        takings.delete(key);
        const file = state === 'refused' ? await asked(households.get(taking.household)) : undefined;
        const member = file?.members.find(one => one.receipt === taking.receipt);
        if (member) {
            // What it was refused for is not asked for again from this bag.
            Object.assign(member, { fen: null, receipt: undefined, note: '不能收，见上传结果' });
            households.put(file);
        }
    }
});

/** Removes the bag and its people; what was not sent stays. */
export const clear = () => change(async ({ bag, households }) => {
    bag.clear();
    households.clear();
});
