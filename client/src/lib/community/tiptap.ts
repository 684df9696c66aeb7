import { Editor, type EditorOptions } from '@tiptap/core';
import { TableKit } from '@tiptap/extension-table';
import StarterKit from '@tiptap/starter-kit';
import { mention, type Naming } from './mention.ts';

export type { Editor };

interface Options {
	element: HTMLElement;
	content: string;
	/** Of the text box itself: id, label, description. */
	attributes: Record<string, string>;
	onchange: (html: string) => void;
	/** Something moved: what is pressed in the toolbar may be another. */
	onmove: () => void;
	ontoolbar: () => void;
	onsend: () => void;
	onimage: () => void;
	/** Who may be named, and how it is shown; nobody where it is not given. */
	naming?: Naming | undefined;
}

/** An address that a link of ours may have. */
export const isLinkable = (address: string): boolean => /^(https?:\/\/[^\s/]|mailto:[^\s@]+@[^\s@])\S*$/i.test(address);

/** The editor of posts. Its schema is what the server keeps (server/community/clean-markup.ts): whatever else is pasted falls away. */
export function createEditor({ element, content, attributes, onchange, onmove, ontoolbar, onsend, onimage, naming }: Options): Editor {
	return new Editor({
		element,
		content,
		// Styles of ours, in Editor.svelte: the page takes no style from a script
		injectCSS: false,
		extensions: [
			StarterKit.configure({
				heading: { levels: [3, 4] },
				link: { openOnClick: false, defaultProtocol: 'https', protocols: ['http', 'https', 'mailto'], isAllowedUri: isLinkable, HTMLAttributes: { target: null, rel: null } }
			}),
			TableKit.configure({ table: { resizable: false } }),
			...(naming ? [mention(naming)] : [])
		],
		editorProps: {
			attributes,
			handleDOMEvents: {
				keydown(_view, event) {
					if (event.key === 'F10' && event.altKey) {
						event.preventDefault();
						ontoolbar();
						return true;
					}
					if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
						event.preventDefault();
						onsend();
						return true;
					}
					// Tab is the browser's, in lists and tables too: nobody is kept inside
					return event.key === 'Tab';
				}
			},
			handlePaste: (_view, { clipboardData }) => refuseImages(clipboardData, onimage),
			handleDrop: (_view, { dataTransfer }) => refuseImages(dataTransfer, onimage)
		} satisfies EditorOptions['editorProps'],
		onUpdate: ({ editor }) => onchange(editor.isEmpty ? '' : editor.getHTML()),
		onTransaction: onmove
	});
}

/** A picture alone is refused with a word; from Word, which sends a picture beside the text, the text is taken. */
function refuseImages(data: DataTransfer | null, say: () => void): boolean {
	const pictures = [...(data?.files ?? [])].some(({ type }) => type.startsWith('image/'));
	const html = data?.getData('text/html') ?? '';
	if (pictures || /<img\b/i.test(html)) say();
	return pictures && !/<(p|li|td|h\d)\b/i.test(html);
}
