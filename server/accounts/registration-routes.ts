import { AddressOnly, Confirmation, ConfirmationOutcome, PasswordReset, Registration } from '../contract/accounts.ts';
import { Empty } from '../contract/common.ts';
import { anyone } from '../http/access.ts';
import { routesOf } from '../http/route.ts';
import { confirmAddress } from './confirm-address.ts';
import { presentConfirmed } from './present.ts';
import { registerPerson } from './register-person.ts';
import { requestConfirmation, requestPasswordReset } from './request-confirmation.ts';
import { resetPassword } from './reset-password.ts';

/** What needs no session: to register, to confirm, to choose a new password. A whole office may share an address. */
const { route, routes } = routesOf('accounts');

route({
  method: 'post', path: '/registrations', summary: 'Register; the answer is the same whether or not the address is known', access: anyone, limit: { points: 60, seconds: 3600 },
  body: Registration, response: Empty, status: 202,
  async handle({ body }) {
    await registerPerson(body);
    return {};
  },
});

route({
  method: 'post', path: '/confirmation-requests', summary: 'Send the confirmation link again', access: anyone, limit: { points: 20, seconds: 3600 }, body: AddressOnly, response: Empty, status: 202,
  async handle({ body }) {
    await requestConfirmation(body.email);
    return {};
  },
});

route({
  method: 'post', path: '/confirmations', summary: 'Confirm an address with the link that came by mail', access: anyone, limit: { points: 60, seconds: 600 }, body: Confirmation, response: ConfirmationOutcome,
  handle: async ({ body }) => presentConfirmed(await confirmAddress(body.token)),
});

route({
  method: 'post', path: '/password-resets', summary: 'Ask for a link to choose a new password', access: anyone, limit: { points: 20, seconds: 3600 }, body: AddressOnly, response: Empty, status: 202,
  async handle({ body }) {
    await requestPasswordReset(body.email);
    return {};
  },
});

route({
  method: 'put', path: '/password-resets', summary: 'Choose a new password with the link that came by mail; every session ends', access: anyone, limit: { points: 30, seconds: 600 }, body: PasswordReset, response: Empty,
  async handle({ body }) {
    await resetPassword(body.token, body.password);
    return {};
  },
});

export const registrationRoutes = routes;
