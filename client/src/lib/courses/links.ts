/** Where one enrols in an edition. */
export const enrolHref = (courseKey: string, code: string): string => `/corsi/${courseKey}/iscrizione?edizione=${encodeURIComponent(code)}`;
