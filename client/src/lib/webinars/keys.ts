/** `depends` keys of what hangs on webinars. */
export const WEBINARS = 'pico:webinars';
export const REGISTER = 'pico:register';
