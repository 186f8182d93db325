import { render } from 'preact';
import { App } from './app.tsx';
import { start } from './talk.ts';

const root = document.getElementById('app');
if (root) render(<App />, root);
start();
