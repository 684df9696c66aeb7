import type { Licence } from '$contract/documents.ts';
import type { DocumentKind, FileFacts } from '$contract/files.ts';
import { m } from '$lib/paraglide/messages.js';
import { bytes } from '$lib/ui/format.ts';
import type { IconName } from '$lib/ui/icons.ts';

export const licences: Licence[] = ['cc-by-4.0', 'cc0-1.0', 'iodl-2.0', 'reserved'];

export const licenceWord = (licence: Licence): string =>
	({ 'cc-by-4.0': m.documents_licence_by, 'cc0-1.0': m.documents_licence_zero, 'iodl-2.0': m.documents_licence_iodl, reserved: m.documents_licence_reserved })[licence]();

export const kindWord = (kind: DocumentKind): string =>
	({ pdf: m.documents_kind_pdf, text: m.documents_kind_text, sheet: m.documents_kind_sheet, slides: m.documents_kind_slides, image: m.documents_kind_image, data: m.documents_kind_data, signed: m.documents_kind_signed })[kind]();

const icons: Record<DocumentKind, IconName> = { pdf: 'file-pdf', text: 'file', sheet: 'file', slides: 'presentation', image: 'file-image', data: 'file-csv', signed: 'lock' };
export const kindIcon = (kind: DocumentKind): IconName => icons[kind];

/** «PDF, 240 kB» */
export const fileWord = ({ kind, bytes: size }: FileFacts): string => `${kindWord(kind)}, ${bytes(size)}`;

export const libraryHref = (network: string): string => `/reti/${network}/documenti`;
export const documentHref = (network: string, number: number): string => `${libraryHref(network)}/${number}`;
/** An address that stays: of the newest version, or of one of them. */
export const contentHref = (number: number, version?: number): string => `/api/v1/documents/${number}${version === undefined ? '' : `/versions/${version}`}/content`;
