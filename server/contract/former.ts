/** What everybody reads where the name of somebody was who has left. Nobody writes to her, names her or looks at her page. */
export const FORMER = { givenName: 'Utente', familyName: 'cessato' } as const;
export const isFormer = ({ name }: { name: string }): boolean => name === `${FORMER.givenName} ${FORMER.familyName}`;
