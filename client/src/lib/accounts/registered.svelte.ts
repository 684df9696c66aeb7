/** The address that was just registered in this browser, for the page that follows; never set on the server. */
export const registered = $state({ email: '' });
