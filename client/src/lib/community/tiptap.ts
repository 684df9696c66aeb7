import { Editor, type EditorOptions } from '@tiptap/core';
import { Image } from '@tiptap/extension-image';
import { TableKit } from '@tiptap/extension-table';
import StarterKit from '@tiptap/starter-kit';
import { isLinkable } from './linkable.ts';
import { mention, type Naming } from './mention.ts';
import { quote } from './quote-node.ts';

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
	/** Pictures pasted or dropped. */
	onpictures: (files: File[]) => void;
	/** A picture of another site was pasted with its text: it is left out. */
	onforeign: () => void;
	/** Who may be named, and how it is shown; nobody where it is not given. */
	naming?: Naming | undefined;
}

/** The editor of posts. Its schema is what the server keeps (server/community/clean-markup.ts): whatever else is pasted falls away. */
export function createEditor({ element, content, attributes, onchange, onmove, ontoolbar, onsend, onpictures, onforeign, naming }: Options): Editor {
	return new Editor({
		element,
		content,
		// Styles of ours, in Editor.svelte: the page takes no style from a script
		injectCSS: false,
		extensions: [
			StarterKit.configure({
				blockquote: false,
				heading: { levels: [3, 4] },
				link: { openOnClick: false, defaultProtocol: 'https', protocols: ['http', 'https', 'mailto'], isAllowedUri: isLinkable, HTMLAttributes: { target: null, rel: null } }
			}),
			quote,
			TableKit.configure({ table: { resizable: false } }),
			// Ours alone: what the server would not keep is not shown here either
			Image.extend({ parseHTML: () => [{ tag: 'img[src^="/api/v1/images/"]' }] }),
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
			handlePaste: (_view, { clipboardData }) => takePictures(clipboardData, onpictures, onforeign),
			handleDrop: (_view, { dataTransfer }) => takePictures(dataTransfer, onpictures, onforeign)
		} satisfies EditorOptions['editorProps'],
		onUpdate: ({ editor }) => onchange(editor.isEmpty ? '' : editor.getHTML()),
		onTransaction: onmove
	});
}

/** A picture alone is taken; from Word, which sends a picture beside the text, the text is taken. */
function takePictures(data: DataTransfer | null, take: (files: File[]) => void, foreign: () => void): boolean {
	const pictures = [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
	const html = data?.getData('text/html') ?? '';
	const withText = /<(p|li|td|h\d)\b/i.test(html);
	if (pictures.length > 0 && !withText) {
		take(pictures);
		return true;
	}
	if (/<img\b(?![^>]*\ssrc="\/api\/v1\/images\/)/i.test(html)) foreign();
	return false;
}
