/** What the administration calls by more than one name. */
export interface Entry {
  /**
   * Names of one thing. The first form of each is said and searched; those after `|` are recognised in what somebody types, and are either the same to the
   * Italian stemmer or part of the first one. Small words (`di`, `del`, `per` …) and accents do not count.
   */
  terms: readonly [string, string, ...string[]];
  /** Where the name comes from: a norm, or common usage. */
  from: string;
  /** In small letters it is a word like any other: it is meant only in capitals, or where nothing else is typed. */
  capitals?: true;
}

export const formsOf = (names: string): string[] => names.split('|').map((form) => form.trim());
export const saidOf = (names: string): string => formsOf(names)[0] ?? '';

const CODE = 'D.Lgs. 36/2023';

/** Names that differ in meaning (the centralised buyer and the single one, `DL` the decree and `DL` the site manager) stand apart or not at all. */
export const DICTIONARY: readonly Entry[] = [
  // Contracts
  { terms: ['RUP', 'responsabile unico del progetto | responsabile unico', 'responsabile unico del procedimento'], from: `${CODE}, art. 15; prima D.Lgs. 50/2016, art. 31` },
  { terms: ['SUA', 'stazione unica appaltante | stazioni uniche appaltanti'], from: 'L. 136/2010, art. 13; D.P.C.M. 30 giugno 2011', capitals: true },
  { terms: ['CUC', 'centrale unica di committenza | centrali uniche di committenza'], from: `uso comune per le centrali di committenza, ${CODE}, art. 62` },
  { terms: ['gara | gare', 'procedura di affidamento | procedure di affidamento', 'procedura a evidenza pubblica | procedure ad evidenza pubblica'], from: 'uso comune' },
  { terms: ['affidamento diretto | affidamenti diretti | affido diretto | affidi diretti', 'trattativa diretta | trattative dirette'], from: `${CODE}, art. 50; uso comune nel MEPA` },
  { terms: ['codice dei contratti pubblici | codice dei contratti', 'codice degli appalti | codice appalti', '36/2023'], from: CODE },
  { terms: ['MEPA', 'mercato elettronico della pubblica amministrazione | mercato elettronico'], from: 'L. 296/2006, art. 1, c. 450' },
  { terms: ['DURC', 'documento unico di regolarità contributiva | regolarità contributiva'], from: 'D.M. 30 gennaio 2015' },
  { terms: ['CIG', 'codice identificativo di gara | codice identificativo gara'], from: 'L. 136/2010, art. 3' },
  { terms: ['CUP', 'codice unico di progetto'], from: 'L. 3/2003, art. 11' },
  { terms: ['DGUE', 'documento di gara unico europeo'], from: `${CODE}, art. 91` },
  { terms: ['FVOE', 'fascicolo virtuale dell’operatore economico | fascicolo virtuale'], from: `${CODE}, art. 24` },
  { terms: ['BDNCP', 'banca dati nazionale dei contratti pubblici'], from: `${CODE}, art. 23` },
  { terms: ['PAD', 'piattaforma di approvvigionamento digitale | piattaforme di approvvigionamento digitale'], from: `${CODE}, art. 25` },
  { terms: ['OEPV', 'offerta economicamente più vantaggiosa'], from: `${CODE}, art. 108` },
  { terms: ['RTI', 'raggruppamento temporaneo di imprese | raggruppamento temporaneo', 'ATI', 'associazione temporanea di imprese'], from: `${CODE}, art. 68; uso comune` },
  { terms: ['CAM', 'criteri ambientali minimi'], from: `${CODE}, art. 57` },
  { terms: ['DIP', 'documento di indirizzo alla progettazione'], from: `${CODE}, all. I.7, art. 3` },
  { terms: ['DOCFAP', 'documento di fattibilità delle alternative progettuali'], from: `${CODE}, all. I.7, art. 2` },
  { terms: ['PFTE', 'progetto di fattibilità tecnico-economica', 'progetto di fattibilità tecnica ed economica'], from: `${CODE}, art. 41; prima D.Lgs. 50/2016, art. 23` },
  { terms: ['direttore dei lavori | direttore lavori', 'direzione dei lavori | direzione lavori'], from: `${CODE}, art. 114` },
  { terms: ['DEC', 'direttore dell’esecuzione | direttore dell’esecuzione del contratto'], from: `${CODE}, art. 114` },
  { terms: ['SAL', 'stato di avanzamento dei lavori | stato avanzamento lavori | stati di avanzamento'], from: `${CODE}, all. II.14` },
  { terms: ['CRE', 'certificato di regolare esecuzione'], from: `${CODE}, art. 116 e all. II.14` },
  { terms: ['incentivi alle funzioni tecniche | incentivi per funzioni tecniche', 'incentivi tecnici'], from: `${CODE}, art. 45; uso comune` },
  { terms: ['elenco degli operatori economici | elenco di operatori economici', 'albo dei fornitori | albo fornitori', 'elenco dei fornitori | elenco fornitori'], from: `${CODE}, art. 50; uso comune` },
  { terms: ['PPP', 'partenariato pubblico-privato'], from: `${CODE}, art. 174` },
  { terms: ['finanza di progetto', 'project financing'], from: `${CODE}, art. 193` },
  { terms: ['BIM', 'gestione informativa digitale'], from: `${CODE}, art. 43` },
  { terms: ['patto di integrità | patti di integrità', 'protocollo di legalità | protocolli di legalità'], from: 'L. 190/2012, art. 1, c. 17' },
  { terms: ['ANAC', 'autorità nazionale anticorruzione'], from: 'L. 190/2012, art. 1' },
  // Acts and procedure
  { terms: ['delibera | deliberazione | deliberazioni', 'delibere', 'DGP', 'DCP'], from: 'D.Lgs. 267/2000, artt. 42 e 48; uso comune' },
  { terms: ['determina | determine | determinazione | determinazioni', 'DD'], from: 'D.Lgs. 267/2000, artt. 107 e 192; uso comune' },
  { terms: ['TUEL', 'testo unico degli enti locali', '267/2000'], from: 'D.Lgs. 267/2000' },
  { terms: ['accesso agli atti', 'accesso documentale'], from: 'L. 241/1990, art. 22' },
  { terms: ['FOIA', 'accesso civico generalizzato'], from: 'D.Lgs. 33/2013, art. 5, c. 2' },
  { terms: ['autotutela', 'annullamento d’ufficio'], from: 'L. 241/1990, art. 21-nonies' },
  { terms: ['SCIA', 'segnalazione certificata di inizio attività'], from: 'L. 241/1990, art. 19' },
  { terms: ['SUAP', 'sportello unico per le attività produttive | sportello unico attività produttive'], from: 'D.P.R. 160/2010' },
  { terms: ['SUE', 'sportello unico per l’edilizia | sportello unico edilizia'], from: 'D.P.R. 380/2001, art. 5', capitals: true },
  // Planning and money
  { terms: ['PNRR', 'piano nazionale di ripresa e resilienza'], from: 'Reg. (UE) 2021/241; D.L. 77/2021' },
  { terms: ['DNSH', 'do no significant harm', 'non arrecare un danno significativo'], from: 'Reg. (UE) 2020/852, art. 17' },
  { terms: ['DUP', 'documento unico di programmazione'], from: 'D.Lgs. 267/2000, art. 170' },
  { terms: ['PEG', 'piano esecutivo di gestione'], from: 'D.Lgs. 267/2000, art. 169' },
  { terms: ['FCDE', 'fondo crediti di dubbia esigibilità'], from: 'D.Lgs. 267/2000, art. 167' },
  { terms: ['FPV', 'fondo pluriennale vincolato'], from: 'D.Lgs. 267/2000, art. 183' },
  { terms: ['OSL', 'organo straordinario di liquidazione'], from: 'D.Lgs. 267/2000, art. 252' },
  { terms: ['PCC', 'piattaforma dei crediti commerciali'], from: 'D.L. 35/2013, art. 7' },
  { terms: ['BDAP', 'banca dati delle amministrazioni pubbliche'], from: 'L. 196/2009, art. 13' },
  { terms: ['FESR', 'fondo europeo di sviluppo regionale'], from: 'Reg. (UE) 2021/1058' },
  { terms: ['FSE', 'fondo sociale europeo'], from: 'Reg. (UE) 2021/1057' },
  { terms: ['FSC', 'fondo per lo sviluppo e la coesione | fondo sviluppo e coesione'], from: 'D.Lgs. 88/2011, art. 4' },
  { terms: ['AdG', 'autorità di gestione'], from: 'Reg. (UE) 2021/1060, art. 71' },
  // People who work there
  { terms: ['PIAO', 'piano integrato di attività e organizzazione'], from: 'D.L. 80/2021, art. 6' },
  { terms: ['PTFP', 'piano triennale dei fabbisogni di personale | piano dei fabbisogni | piano triennale dei fabbisogni'], from: 'D.Lgs. 165/2001, art. 6' },
  { terms: ['CCNL', 'contratto collettivo nazionale di lavoro | contratto collettivo nazionale'], from: 'D.Lgs. 165/2001, art. 40' },
  { terms: ['CCI', 'contratto collettivo integrativo', 'CCDI', 'contratto collettivo decentrato integrativo | contratto decentrato integrativo'], from: 'D.Lgs. 165/2001, art. 40; uso comune' },
  { terms: ['EQ', 'elevata qualificazione | elevate qualificazioni', 'posizione organizzativa | posizioni organizzative'], from: 'CCNL Funzioni locali 16 novembre 2022, art. 16; prima CCNL 21 maggio 2018' },
  { terms: ['progressione tra le aree | progressioni tra le aree', 'progressione verticale | progressioni verticali'], from: 'CCNL Funzioni locali 16 novembre 2022, art. 15; uso comune' },
  { terms: ['progressione economica | progressioni economiche', 'progressione orizzontale | progressioni orizzontali', 'differenziale stipendiale | differenziali stipendiali'], from: 'CCNL Funzioni locali 16 novembre 2022, art. 14; uso comune' },
  { terms: ['lavoro agile', 'smart working', 'smartworking'], from: 'L. 81/2017, art. 18; uso comune' },
  { terms: ['POLA', 'piano organizzativo del lavoro agile'], from: 'D.L. 34/2020, art. 263' },
  { terms: ['concorso pubblico | concorsi pubblici', 'selezione pubblica | selezioni pubbliche'], from: 'D.P.R. 487/1994; uso comune' },
  { terms: ['RSU', 'rappresentanza sindacale unitaria | rappresentanze sindacali unitarie'], from: 'D.Lgs. 165/2001, art. 42' },
  { terms: ['CUG', 'comitato unico di garanzia'], from: 'D.Lgs. 165/2001, art. 57' },
  { terms: ['UPD', 'ufficio per i procedimenti disciplinari | ufficio procedimenti disciplinari'], from: 'D.Lgs. 165/2001, art. 55-bis' },
  { terms: ['OIV', 'organismo indipendente di valutazione'], from: 'D.Lgs. 150/2009, art. 14' },
  { terms: ['SMVP', 'sistema di misurazione e valutazione della performance'], from: 'D.Lgs. 150/2009, art. 7' },
  { terms: ['RPCT', 'responsabile della prevenzione della corruzione e della trasparenza | responsabile della prevenzione della corruzione'], from: 'L. 190/2012, art. 1, c. 7' },
  { terms: ['PTPCT', 'piano triennale per la prevenzione della corruzione e della trasparenza | piano triennale di prevenzione della corruzione'], from: 'L. 190/2012, art. 1, c. 5' },
  { terms: ['whistleblowing', 'segnalazione di illeciti | segnalazioni di illeciti'], from: 'D.Lgs. 24/2023; uso comune' },
  { terms: ['DVR', 'documento di valutazione dei rischi'], from: 'D.Lgs. 81/2008, art. 28' },
  { terms: ['DUVRI', 'documento unico di valutazione dei rischi da interferenze', 'documento unico di valutazione dei rischi interferenziali'], from: 'D.Lgs. 81/2008, art. 26' },
  { terms: ['RSPP', 'responsabile del servizio di prevenzione e protezione'], from: 'D.Lgs. 81/2008, art. 31' },
  { terms: ['PSC', 'piano di sicurezza e coordinamento | piano di sicurezza e di coordinamento'], from: 'D.Lgs. 81/2008, art. 100' },
  // Digital and data
  { terms: ['CAD', 'codice dell’amministrazione digitale', '82/2005'], from: 'D.Lgs. 82/2005' },
  { terms: ['SPID', 'sistema pubblico di identità digitale | sistema pubblico identità digitale'], from: 'D.Lgs. 82/2005, art. 64' },
  { terms: ['CIE', 'carta d’identità elettronica | carta di identità elettronica'], from: 'D.Lgs. 82/2005, art. 66' },
  { terms: ['PEC', 'posta elettronica certificata'], from: 'D.P.R. 68/2005' },
  { terms: ['AgID', 'agenzia per l’Italia digitale'], from: 'D.L. 83/2012, art. 19' },
  { terms: ['PDND', 'piattaforma digitale nazionale dati'], from: 'D.Lgs. 82/2005, art. 50-ter' },
  { terms: ['ANPR', 'anagrafe nazionale della popolazione residente'], from: 'D.Lgs. 82/2005, art. 62' },
  { terms: ['RTD', 'responsabile per la transizione digitale | responsabile per la transizione al digitale | responsabile della transizione digitale'], from: 'D.Lgs. 82/2005, art. 17' },
  { terms: ['GDPR', 'RGPD', 'regolamento generale sulla protezione dei dati', '2016/679'], from: 'Reg. (UE) 2016/679' },
  { terms: ['DPO', 'RPD', 'responsabile della protezione dei dati'], from: 'Reg. (UE) 2016/679, art. 37' },
  { terms: ['open data', 'dati aperti'], from: 'D.Lgs. 82/2005, art. 1; uso comune' },
  { terms: ['SIT', 'sistema informativo territoriale | sistemi informativi territoriali', 'GIS'], from: 'uso comune' },
  { terms: ['DBGT', 'database geotopografico', 'DBT', 'database topografico'], from: 'D.M. 10 novembre 2011; uso comune' },
  { terms: ['RNDT', 'repertorio nazionale dei dati territoriali'], from: 'D.Lgs. 82/2005, art. 59' },
  // Territory and environment
  { terms: ['VIA', 'valutazione di impatto ambientale | valutazione d’impatto ambientale'], from: 'D.Lgs. 152/2006, art. 5', capitals: true },
  { terms: ['VAS', 'valutazione ambientale strategica'], from: 'D.Lgs. 152/2006, art. 5' },
  { terms: ['AIA', 'autorizzazione integrata ambientale'], from: 'D.Lgs. 152/2006, art. 5' },
  { terms: ['AUA', 'autorizzazione unica ambientale'], from: 'D.P.R. 59/2013' },
  { terms: ['PTCP', 'piano territoriale di coordinamento provinciale | piano territoriale di coordinamento'], from: 'D.Lgs. 267/2000, art. 20' },
  { terms: ['PUMS', 'piano urbano della mobilità sostenibile'], from: 'D.M. 4 agosto 2017' },
  { terms: ['TPL', 'trasporto pubblico locale'], from: 'D.Lgs. 422/1997' },
  { terms: ['UPI', 'unione delle province d’Italia'], from: 'uso comune' },
  { terms: ['ANCI', 'associazione nazionale dei comuni italiani | associazione nazionale comuni italiani'], from: 'uso comune' },
];
