import { render } from 'preact';
import { start } from './messenger.ts';
import { Page } from './page.tsx';

const root = document.getElementById('app');
if (root) render(<Page />, root);
start();
