// The code of a receipt that is given without a connection, as the server will compute it from the number's key (BagSigning).

// Without what is mistaken for another: 0 and O, 1 and I.
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The code of a taking: two groups of four. */
export async function code(taking) {
    const bytes = Uint8Array.from(atob(taking.number_key), letter => letter.charCodeAt(0));
    const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const text = `${taking.person}|${taking.year}|${taking.fen}|${taking.day.replaceAll('-', '')}`;
    const hash = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text)));
    const letters = [...hash.subarray(0, 8)].map(byte => LETTERS[byte & 31]).join('');
    return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** An amount in yuan. */
export const yuan = fen => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** The sum of what was taken or is owed. */
export const sum = all => all.reduce((total, one) => total + one.fen, 0);
