// Elements without a framework. Text is set as text only, so that no name can become markup.

/** An element with attributes and children; an attribute that is a function is a listener, null and false are left out. */
export function h(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (typeof value === 'function')
            element.addEventListener(key, value);
        else if (value !== null && value !== false)
            element.setAttribute(key, value === true ? '' : value);
    }
    element.append(...children.flat().filter(child => child !== null));
    return element;
}

/** Puts children in place of what an element of the page holds. */
export const show = (id, ...children) =>
    document.getElementById(id).replaceChildren(...children.flat().filter(child => child !== null));

/** Facts one below the other. */
export const facts = pairs => h('dl', { class: 'facts' }, pairs.map(([name, value]) =>
    h('div', {}, h('dt', {}, name), h('dd', {}, value))));

/** A message that is read out. */
export const message = (kind, ...texts) => h('div', { class: `message ${kind}`, role: kind === 'bad' ? 'alert' : 'status' },
    texts.flat().map(text => h('p', {}, text)));
