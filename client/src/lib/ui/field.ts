/** The id of the control that edits this field: <ErrorSummary> links to it. */
export const fieldId = (name: string) => `field-${name.replace(/[^\w-]/g, '_')}`;

/** The ids that describe a control, or nothing. */
export const describedBy = (id: string, hint: string | undefined, error: string | undefined) =>
	[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
