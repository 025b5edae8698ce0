/** Small makers of DOM nodes. Text enters as text nodes only: markup in a name stays letters. */

export type Attributes = Readonly<Record<string, string | number>>;
export type Child = Node | string;

export function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** A button with a spoken name; `label` is what is seen. */
export function button(label: string, title: string, onClick: () => void): HTMLButtonElement {
  const node = element('button', { type: 'button', class: 'semlab-button', title, 'aria-label': title }, label);
  node.addEventListener('click', (event) => {
    // A click on a tool must not also select the notebook cell's output area for editing.
    event.stopPropagation();
    onClick();
  });
  return node;
}
