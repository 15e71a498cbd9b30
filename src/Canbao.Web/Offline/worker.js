// Keeps the shell of the offline page, so that it opens without a connection. The server puts VERSION, PAGE and FILES before this text:
// whenever one of the files changes, this is another worker with a cache of its own. Nothing else is kept, and nobody's data.

const CACHE = `canbao-offline-${VERSION}`;

async function keep() {
    const cache = await caches.open(CACHE);
    for (const address of [PAGE, ...FILES]) {
        const answer = await fetch(address, { cache: 'no-store' });
        // A redirect leads to the sign-in page, which is no shell.
        if (!answer.ok || answer.redirected)
            throw new Error(`${address}: ${answer.status}`);
        await cache.put(address, answer);
    }
    await self.skipWaiting();
}

async function drop() {
    for (const name of await caches.keys())
        if (name.startsWith('canbao-offline-') && name !== CACHE)
            await caches.delete(name);
    await self.clients.claim();
}

const kept = async (request, address) => await (await caches.open(CACHE)).match(address) ?? fetch(request);

self.addEventListener('install', event => event.waitUntil(keep()));
self.addEventListener('activate', event => event.waitUntil(drop()));
self.addEventListener('fetch', event => {
    const { request } = event;
    const { origin, pathname, search } = new URL(request.url);
    if (request.method !== 'GET' || origin !== self.location.origin)
        return;
    if (request.mode === 'navigate' && pathname === PAGE)
        event.respondWith(kept(request, PAGE));
    else if (FILES.includes(pathname + search))
        event.respondWith(kept(request, pathname + search));
});
