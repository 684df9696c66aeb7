import type { PracticePlace, PracticeStage, PracticeStatus, PracticeView } from '$contract/practices.ts';
import { m } from '$lib/paraglide/messages.js';
import { number } from '$lib/ui/format.ts';

export const statusWord = (status: PracticeStatus): string =>
	({ draft: m.practices_status_draft, review: m.practices_status_review, returned: m.practices_status_returned, published: m.practices_status_published, superseded: m.practices_status_superseded })[status]();

/** Of a published sheet, where its next version is. */
export const stageWord = (stage: PracticeStage): string => ({ draft: m.practices_stage_draft, review: m.practices_stage_review, returned: m.practices_stage_returned })[stage]();

export const viewWord = (view: PracticeView): string => ({ published: m.practices_view_published, superseded: m.practices_view_superseded, mine: m.practices_view_mine, review: m.practices_view_review })[view]();

export const STATUS_LOOK = { draft: 'neutral', review: 'warning', returned: 'danger', published: 'success', superseded: 'neutral' } as const;

/** What a Province is on the map. */
export type PlaceKind = 'contributed' | 'adopted' | 'both';
export const PLACE_KINDS: readonly PlaceKind[] = ['contributed', 'adopted', 'both'];
export const kindOf = ({ contributed, adopted }: Pick<PracticePlace, 'contributed' | 'adopted'>): PlaceKind => (contributed === 0 ? 'adopted' : adopted === 0 ? 'contributed' : 'both');
export const kindWord = (kind: PlaceKind): string => ({ contributed: m.practices_map_contributed, adopted: m.practices_map_adopted, both: m.practices_map_both })[kind]();
export const placeWord = ({ name, contributed, adopted }: PracticePlace): string => m.practices_map_place({ name, contributed: number(contributed), adopted: number(adopted) });

/** Colour and sign of each, so that it is never colour alone that tells them apart. */
export const KIND_LOOK: Record<PlaceKind, { fill: string; ink: string; sign: string }> = {
	contributed: { fill: '#0059b3', ink: '#ffffff', sign: '●' },
	adopted: { fill: '#b5d3f0', ink: '#17324d', sign: '✓' },
	both: { fill: '#002b57', ink: '#ffffff', sign: '●✓' }
};
