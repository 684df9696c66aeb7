/** The people whom the start page invites to sign in as. One password for all: it is printed, and it exists in the demonstration alone. */
export const DEMONSTRATION_PASSWORD = 'Provincia-2026';

export interface SampleSignIn {
  email: string;
  givenName: string;
  familyName: string;
  jobTitle: string;
  /** A member of the programme by name; null for UPI. */
  body: string | null;
  role: 'admin' | 'coordinator' | 'trainer' | null;
  comesTo: string;
}

export const SAMPLE_SIGN_INS: SampleSignIn[] = [
  { email: 'chiara.serra@provincia.nuoro.example', givenName: 'Chiara', familyName: 'Serra', jobTitle: 'Istruttrice amministrativa', body: 'Nuoro', role: null, comesTo: 'imparare: ha un corso quasi finito' },
  { email: 'paolo.zanetti@provincia.treviso.example', givenName: 'Paolo', familyName: 'Zanetti', jobTitle: 'Funzionario tecnico', body: 'Treviso', role: null, comesTo: 'imparare: non è ancora iscritto a nulla' },
  { email: 'marta.zanella@provincia.treviso.example', givenName: 'Marta', familyName: 'Zanella', jobTitle: 'Responsabile del servizio personale', body: 'Treviso', role: 'coordinator', comesTo: 'coordinare la Provincia di Treviso' },
  { email: 'elena.conti@pico.example', givenName: 'Elena', familyName: 'Conti', jobTitle: 'Dirigente, esperta di contratti pubblici', body: null, role: 'trainer', comesTo: 'insegnare: segue le edizioni sugli appalti' },
  { email: 'admin@pico.example', givenName: 'Giulia', familyName: 'Romano', jobTitle: 'Ufficio formazione di UPI', body: null, role: 'admin', comesTo: 'vedere tutto il programma (UPI)' },
];
