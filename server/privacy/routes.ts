import { exportRoutes } from './export/export-routes.ts';
import './messages.ts';

export const privacyRoutes = [...exportRoutes];
