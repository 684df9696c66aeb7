import { describe, expect, it } from '@jest/globals';
import { discloseCount } from './disclosure.ts';
import { asText, writeSeriesCsv } from './write-csv.ts';

describe('a cell of the CSV', () => {
  it('never runs as a formula', () => {
    for (const text of ['=1+1', '+39', '-cmd', '@SUM(A1)', '\t=1', '\r=1', '|calc', '%0a']) expect(asText(text)).toBe(`'${text}`);
    expect(asText("Reggio nell'Emilia")).toBe("Reggio nell'Emilia");
  });

  it('is quoted where it holds a separator, a quote or a new line, and a negative figure stays a number', () => {
    const zero = discloseCount(0, 'exact');
    const text = writeSeriesCsv({
      vintage: '2024-12-31', area: null, target: 15, exact: true, member: { id: '00000000-0000-7000-8000-000000000000', name: '=Forlì; "Cesena"' },
      months: [{ month: '2026-11-01', enrolled: zero, completed: zero, people: zero, peopleSoFar: zero, minutes: -30 }],
    }, 'en');
    // The mark by which a spreadsheet knows UTF-8, or it shows the dashes of the bands as strange signs
    expect(text.startsWith('\uFEFFmonth;')).toBe(true);
    expect(text.split('\n')[1]).toBe('2026-11;"\'=Forlì; ""Cesena""";all;0;0;0;0;-30;Provinces as of 31/12/2024');
  });
});
