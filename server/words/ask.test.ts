import { describe, expect, it } from '@jest/globals';
import { ask, correct } from './ask.ts';

describe('a question', () => {
  it('is asked by the other names of what it names', () => {
    expect(ask('RUP')).toMatchObject({ text: 'RUP or "responsabile unico del progetto" or "responsabile unico del procedimento"', also: ['responsabile unico del progetto', 'responsabile unico del procedimento'] });
    expect(ask('compiti dell’r.u.p.').also).toContain('responsabile unico del progetto');
    expect(ask('responsabile unico di progetto').also).toContain('RUP');
    expect(ask('affidamenti diretti').also).toEqual(['trattativa diretta']);
    expect(ask('regolarità contributiva').also).toEqual(ask('regolarita contributiva').also);
  });

  it('is taken by the letter in quotes, where excluded, and where one wants nothing else', () => {
    expect(ask('“RUP”')).toMatchObject({ text: '"RUP"', also: [] });
    expect(ask('nomina -RUP')).toMatchObject({ text: 'nomina -RUP', also: [], words: ['nomina'] });
    expect(ask('RUP', true)).toMatchObject({ text: 'RUP', also: [] });
  });

  it('tells a name in capitals from a word like any other', () => {
    expect(ask('la sua convenzione').also).toEqual([]);
    expect(ask('via libera').also).toEqual([]);
    expect(ask('convenzione SUA').text).toBe('convenzione "stazione unica appaltante"');
    expect(ask('sua').also).toEqual(['stazione unica appaltante']);
  });

  it('stays small however much it names', () => {
    expect(ask('RUP SUA CUC DURC CIG CUP DUP PEG PNRR delibera determina gara').text.split(' or ').length).toBeLessThanOrEqual(24);
  });

  it('keeps no unbalanced quote, and nothing of what says nothing', () => {
    expect(ask('"procedura negoziata').text).toBe('procedura negoziata');
    expect(ask('- "" or').text).toBe('');
  });

  it('is mended only where the dictionary then knows what is meant', () => {
    expect(correct('reponsabile unico')).toBe('responsabile unico');
    expect(correct('delibbera di giunta')).toBe('delibera di giunta');
    expect(correct('acordo quadro')).toBeNull();
    expect(correct('responsabile unico')).toBeNull();
  });
});
