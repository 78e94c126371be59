import { nameOf } from './models.js';

/** What is wrong with the id of a process, a decision or a form; nothing if it is its file's name, in camelCase. */
export function misnamed(file, kind, id) {
  if (!/^[a-z][A-Za-z]+$/.test(nameOf(file))) {
    return `The name of the file is not in camelCase: rename it, such as accountRules, and give the ${kind} the same id.`;
  }
  return id === nameOf(file) ? undefined : `The ${kind} is not called as its file: change its id to ${nameOf(file)}.`;
}
