/** `depends` keys: what a page loaded and asks for again after an act. */
export const PROFILE = 'pico:profile';
export const REQUESTS = 'pico:affiliations';
export const PERSON = 'pico:person';
export const DOMAINS = 'pico:body-domains';
