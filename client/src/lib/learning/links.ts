/** The addresses of one's own learning, in one place. */
export const pathHref = (enrolmentId: string) => `/percorso/${enrolmentId}`;
export const lessonHref = (enrolmentId: string, key: string) => `/percorso/${enrolmentId}/lezioni/${key}`;
export const quizHref = (enrolmentId: string, key: string) => `/percorso/${enrolmentId}/prova/${key}`;
export const resultHref = (enrolmentId: string, key: string, attemptId: string) => `/percorso/${enrolmentId}/prova/${key}/esito/${attemptId}`;
