import type { BodyKind } from './territory.ts';

/** Names that take an article, as their own bodies write them: "Provincia della Spezia". */
const WITH_ARTICLE: Record<string, string> = {
  'La Spezia': 'della Spezia', "L'Aquila": "dell'Aquila", 'Sud Sardegna': 'del Sud Sardegna', 'Medio Campidano': 'del Medio Campidano', 'Sulcis Iglesiente': 'del Sulcis Iglesiente',
  'Ogliastra': "dell'Ogliastra", 'Gallura Nord-Est Sardegna': 'della Gallura Nord-Est Sardegna', 'Verbano-Cusio-Ossola': 'del Verbano-Cusio-Ossola',
};

const OF: Partial<Record<BodyKind, string>> = { province: 'Provincia', consortium: 'Libero consorzio comunale', metropolitan_city: 'Città metropolitana', municipality: 'Comune' };

/** The body as it signs itself, in Italian whatever the language: a name is not translated. */
export function bodyTitle({ kind, name }: { kind: BodyKind; name: string }): string {
  const what = OF[kind];
  return what ? `${what} ${WITH_ARTICLE[name] ?? `di ${name}`}` : name;
}
