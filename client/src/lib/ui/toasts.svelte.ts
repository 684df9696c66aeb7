export interface Toast {
	id: number;
	kind: 'success' | 'info' | 'warning' | 'danger';
	message: string;
}

let count = 0;
export const toasts = $state<Toast[]>([]);

/** Says something in passing, in the browser: what was done, never what must be read. A mistake stays until closed. */
export function toast(message: string, kind: Toast['kind'] = 'success'): void {
	const id = ++count;
	toasts.push({ id, kind, message });
	if (kind === 'success' || kind === 'info') setTimeout(() => dismiss(id), 8000);
}

export function dismiss(id: number): void {
	const at = toasts.findIndex((one) => one.id === id);
	if (at >= 0) toasts.splice(at, 1);
}
