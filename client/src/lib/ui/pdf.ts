/** Where a page is drawn; `signal` gives up. */
export interface Paper {
	canvas: HTMLCanvasElement;
	text: HTMLElement;
	signal: AbortSignal;
}

export interface Pdf {
	pages: number;
	/** Of a page, in points. */
	size(number: number): Promise<{ width: number; height: number }>;
	/** Draws a page so wide, and lays its text over it: invisible, there to be selected and read out. */
	draw(number: number, width: number, on: Paper): Promise<void>;
	close(): void;
}

/** Sharper than this nobody sees, and a telephone's memory ends. */
const MOST_PIXELS_A_POINT = 2;

/** Opens a PDF of ours. The library and its worker are ours too, and come only when this is called. */
export async function openPdf(address: string): Promise<Pdf> {
	const [pdfjs, { default: workerSrc }] = await Promise.all([import('pdfjs-dist/legacy/build/pdf.mjs'), import('pdfjs-dist/legacy/build/pdf.worker.min.mjs?url')]);
	pdfjs.GlobalWorkerOptions.workerSrc = workerSrc;
	const task = pdfjs.getDocument({ url: address, isEvalSupported: false, enableXfa: false });
	const document = await task.promise;
	const sizeOf = async (number: number) => (await document.getPage(number)).getViewport({ scale: 1 });
	return {
		pages: document.numPages,
		size: sizeOf,
		async draw(number, width, { canvas, text, signal }) {
			const page = await document.getPage(number);
			signal.throwIfAborted();
			const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width });
			const density = Math.min(window.devicePixelRatio || 1, MOST_PIXELS_A_POINT);
			canvas.width = Math.floor(viewport.width * density);
			canvas.height = Math.floor(viewport.height * density);
			const drawing = page.render({ canvas, viewport, transform: [density, 0, 0, density, 0, 0] });
			text.replaceChildren();
			text.style.setProperty('--total-scale-factor', String(viewport.scale));
			const layer = new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
			signal.addEventListener('abort', () => {
				drawing.cancel();
				layer.cancel();
			}, { once: true });
			await Promise.all([drawing.promise, layer.render()]);
		},
		close: () => void task.destroy()
	};
}
