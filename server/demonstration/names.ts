/** Common Italian names; every person of the demonstration is invented. */
export const GIVEN_NAMES = [
  'Alessia', 'Andrea', 'Angela', 'Anna', 'Antonio', 'Barbara', 'Beatrice', 'Carla', 'Caterina', 'Chiara', 'Claudia', 'Claudio', 'Cristina', 'Daniela', 'Davide', 'Elena', 'Elisa', 'Emanuele', 'Enrico', 'Fabio',
  'Federica', 'Federico', 'Filippo', 'Francesca', 'Francesco', 'Gabriele', 'Giacomo', 'Gianluca', 'Giorgia', 'Giovanni', 'Giulia', 'Giuseppe', 'Ilaria', 'Irene', 'Laura', 'Lorenzo', 'Luca', 'Lucia', 'Luigi', 'Marco',
  'Maria', 'Marina', 'Mario', 'Marta', 'Martina', 'Massimo', 'Matteo', 'Michele', 'Monica', 'Nadia', 'Nicola', 'Niccolò', 'Paola', 'Paolo', 'Patrizia', 'Pietro', 'Raffaella', 'Riccardo', 'Roberta', 'Roberto',
  'Rosa', 'Salvatore', 'Sara', 'Serena', 'Silvia', 'Simona', 'Simone', 'Sofia', 'Stefania', 'Stefano', 'Teresa', 'Tommaso', 'Valentina', 'Valeria', 'Vincenzo', 'Noè',
] as const;

export const FAMILY_NAMES = [
  'Amato', 'Barbieri', 'Basile', 'Bassi', 'Bellini', 'Benedetti', 'Bernardi', 'Bianchi', 'Bianco', 'Bruno', 'Caputo', 'Caruso', 'Cattaneo', 'Colombo', 'Conte', 'Conti', 'Coppola', 'Costa', 'Costantini', "D'Amico",
  "D'Angelo", 'De Angelis', 'De Luca', 'De Santis', 'Donati', 'Esposito', 'Fabbri', 'Farina', 'Ferrara', 'Ferrari', 'Ferraro', 'Ferretti', 'Ferri', 'Fiore', 'Fontana', 'Galli', 'Gallo', 'Gatti', 'Gentile', 'Giordano',
  'Giuliani', 'Grassi', 'Grasso', 'Greco', 'Guerra', 'Guidi', 'Leone', 'Lombardi', 'Lombardo', 'Longo', 'Mancini', 'Marchetti', 'Mariani', 'Marini', 'Marino', 'Martini', 'Martino', 'Mazza', 'Melis', 'Messina',
  'Milani', 'Montanari', 'Monti', 'Morelli', 'Moretti', 'Negri', 'Neri', 'Orlando', 'Pagano', 'Palmieri', 'Palumbo', 'Parisi', 'Pellegrini', 'Pellegrino', 'Piras', 'Ricci', 'Rinaldi', 'Riva', 'Rizzi', 'Rizzo',
  'Romano', 'Rossetti', 'Rossi', 'Ruggiero', 'Russo', 'Sala', 'Sanna', 'Santoro', 'Sartori', 'Serra', 'Silvestri', 'Testa', 'Valentini', 'Villa', 'Vitale', 'Vitali', 'Zanella', 'Zanetti', 'Nicolò', 'Forlì',
] as const;

export const JOB_TITLES = [
  'Istruttore amministrativo', 'Istruttrice amministrativa', 'Funzionario tecnico', 'Funzionaria tecnica', 'Specialista in contratti pubblici', 'Responsabile unico del progetto', 'Responsabile del servizio personale',
  'Specialista in progettazione europea', 'Analista di processi digitali', 'Segreteria generale', 'Ufficio di statistica', 'Servizio programmazione',
] as const;
