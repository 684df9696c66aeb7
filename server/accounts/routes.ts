import './messages.ts';
import { peopleRoutes } from './people-routes.ts';
import { profileRoutes } from './profile-routes.ts';
import { registrationRoutes } from './registration-routes.ts';
import { sessionRoutes } from './session-routes.ts';

export const accountsRoutes = [...registrationRoutes, ...sessionRoutes, ...profileRoutes, ...peopleRoutes];
