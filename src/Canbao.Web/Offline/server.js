// What the page asks of the server. Each answer is JSON, or an Error whose message is a code of our own.

const PAGE = '/collection/offline';
const WAIT = 20_000;
const MOST_AT_ONCE = 50;

async function ask(handler, options = {}) {
    let answer;
    try {
        answer = await fetch(`${PAGE}?handler=${handler}`, {
            ...options, cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(WAIT),
        });
    } catch {
        throw new Error('W145');
    }
    // Whoever is not signed in is sent to the sign-in page.
    if (answer.type === 'opaqueredirect')
        throw new Error('W143');
    const isJson = answer.headers.get('Content-Type')?.startsWith('application/json');
    if (answer.ok && isJson)
        return await answer.json();
    if (isJson) {
        const { text, code } = await answer.json();
        throw Object.assign(new Error(code), { text });
    }
    throw new Error(answer.status === 403 ? 'W144' : 'W145');
}

/** Who is signed in, by the server's clock, and the token that posts need. */
export const standing = () => ask('Standing');

const post = (handler, token, body) => ask(handler, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', RequestVerificationToken: token },
    body: JSON.stringify(body),
});

/** A bag for a unit. */
export const takeBag = (token, unit, device) => post('Take', token, { unit, device });

/** Hands the bag back. */
export const returnBag = (token, bag) => post('Return', token, { bag });

/** Sends takings and gives each part's answers as they come, so that none waits for the others to be settled. */
export async function* send(token, takings) {
    for (let at = 0; at < takings.length; at += MOST_AT_ONCE) {
        const part = takings.slice(at, at + MOST_AT_ONCE);
        yield await post('Send', token, {
            takings: part.map(({ key, bag, line, person, fen, verdict, signature, taken_at, void_reason }) =>
                ({ key, bag, line, person, fen, verdict, signature, taken_at, void_reason })),
        });
    }
}
