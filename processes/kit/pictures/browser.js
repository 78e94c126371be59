import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import puppeteer from 'puppeteer-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium or Chrome that is installed here; fails with words if there is none. */
export function openBrowser() {
  const places = process.env.PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const executablePath = process.env.CHROME_BIN ?? places.find(existsSync);
  if (!executablePath) {
    throw new Error('Pictures need a Chromium or Chrome: install one, or let CHROME_BIN name it.');
  }
  return puppeteer.launch({ executablePath, args: ['--headless=new', '--no-sandbox'] });
}
