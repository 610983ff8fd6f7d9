import { createRoot } from 'react-dom/client';
import { countCspViolations } from './shell/csp-violations';
import { createWindow } from './window';
import './i18n';
import './theme.css';

countCspViolations();

const { element } = await createWindow();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(element);
