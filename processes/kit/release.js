import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { contentsOf, files, readProcess } from './models.js';

// Keeps each version of a process that goes out, so that running requests can be moved from it for ever; with --check it only says what is
// not kept. A version that is kept never changes.
const RELEASED = new URL('../../src/test/resources/released/', import.meta.url);
const onlyCheck = process.argv.includes('--check');
let faults = 0;

for (const file of files('.bpmn')) {
  const { rootElements } = await readProcess(contentsOf(file));
  const version = rootElements.find(({ $type }) => $type === 'bpmn:Process').versionTag;
  const folder = new URL(`${version}/`, RELEASED);
  const kept = new URL(file, folder);
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    say(file, `the version tag is "${version}": write it like 1.6.0, in the properties of the process.`);
  } else if (!existsSync(kept)) {
    if (onlyCheck) {
      say(file, `version ${version} is not kept: run "npm run release" in processes/kit when it is ready to go out.`);
    } else {
      mkdirSync(folder, { recursive: true });
      writeFileSync(kept, contentsOf(file));
      console.log(`${file} is released as version ${version}.`);
    }
  } else if (!readFileSync(kept).equals(contentsOf(file))) {
    say(file, `version ${version} went out with other contents: raise the version tag, in the properties of the process.`);
  }
}
process.exitCode = faults > 0 ? 1 : 0;

function say(file, message) {
  faults++;
  console.error(`${file}: ${message}`);
}
