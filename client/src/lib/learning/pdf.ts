import type { PDFDocumentProxy, RenderTask, TextLayer } from 'pdfjs-dist';

export interface OpenPdf {
	pages: number;
	/** Draws a page into a box as wide as its place, when it comes near the screen and when the width changes. @returns what stops it. */
	draw(box: HTMLElement, number: number): () => void;
	close(): void;
}

/** Sharper than this nobody sees, and a phone's memory ends. */
const MOST_PIXELS_PER_POINT = 2;

/** Opens a PDF of ours. The library and its worker come only now, from this site. */
export async function openPdf(address: string): Promise<OpenPdf> {
	const [pdfjs, { default: workerSrc }] = await Promise.all([import('pdfjs-dist/legacy/build/pdf.mjs'), import('pdfjs-dist/legacy/build/pdf.worker.min.mjs?url')]);
	pdfjs.GlobalWorkerOptions.workerSrc = workerSrc;
	const task = pdfjs.getDocument({ url: address, isEvalSupported: false, enableXfa: false });
	const document = await task.promise;
	const first = await document.getPage(1);
	const { width, height } = first.getViewport({ scale: 1 });
	return {
		pages: document.numPages,
		draw: (box, number) => watch(box, width / height, () => drawPage(pdfjs, document, box, number)),
		close: () => void task.destroy()
	};
}

/** Keeps the page's place free from the start, so that nothing jumps when it is drawn. */
function watch(box: HTMLElement, ratio: number, draw: () => Drawing): () => void {
	box.style.aspectRatio = String(ratio);
	let near = false;
	let drawing: Drawing | undefined;
	let drawnWidth = 0;
	const redraw = () => {
		if (!near || box.clientWidth === 0 || box.clientWidth === drawnWidth) return;
		drawnWidth = box.clientWidth;
		drawing?.cancel();
		drawing = draw();
	};
	const sight = new IntersectionObserver(([entry]) => {
		near ||= entry?.isIntersecting ?? false;
		redraw();
	}, { rootMargin: '600px' });
	const size = new ResizeObserver(redraw);
	sight.observe(box);
	size.observe(box);
	return () => {
		sight.disconnect();
		size.disconnect();
		drawing?.cancel();
	};
}

interface Drawing {
	cancel(): void;
}

function drawPage(pdfjs: typeof import('pdfjs-dist'), document: PDFDocumentProxy, box: HTMLElement, number: number): Drawing {
	let cancelled = false;
	let rendering: RenderTask | undefined;
	let text: TextLayer | undefined;
	const work = async () => {
		const page = await document.getPage(number);
		if (cancelled) return;
		const natural = page.getViewport({ scale: 1 });
		const scale = box.clientWidth / natural.width;
		const viewport = page.getViewport({ scale });
		box.style.aspectRatio = String(natural.width / natural.height);
		box.style.setProperty('--total-scale-factor', String(scale));
		box.style.setProperty('--scale-factor', String(scale));
		const density = Math.min(window.devicePixelRatio || 1, MOST_PIXELS_PER_POINT);
		const canvas = window.document.createElement('canvas');
		canvas.width = Math.floor(viewport.width * density);
		canvas.height = Math.floor(viewport.height * density);
		canvas.setAttribute('aria-hidden', 'true');
		rendering = page.render({ canvas, viewport, transform: [density, 0, 0, density, 0, 0] });
		await rendering.promise;
		const layer = window.document.createElement('div');
		layer.className = 'textLayer';
		text = new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container: layer, viewport });
		await text.render();
		if (!cancelled) box.replaceChildren(canvas, layer);
	};
	// A cancelled page fails, and is nobody's concern
	work().catch((error: unknown) => {
		if (!cancelled) console.error(error);
	});
	return {
		cancel() {
			cancelled = true;
			rendering?.cancel();
			text?.cancel();
		}
	};
}
