import { closureRoutes } from './closure/closure-routes.ts';
import { exportRoutes } from './export/export-routes.ts';
import './messages.ts';

export const privacyRoutes = [...exportRoutes, ...closureRoutes];
