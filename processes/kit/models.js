import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import { DmnModdle } from 'dmn-moddle';

const camunda = createRequire(import.meta.url)('camunda-bpmn-moddle/resources/camunda.json');

/** Where analysts keep the diagrams, decisions and forms. */
export const PROCESSES = new URL('../', import.meta.url);

const TEMPLATES = new URL('.camunda/element-templates/', PROCESSES);

/** The names of the files of these types, such as ".bpmn". */
export function files(...types) {
  return readdirSync(PROCESSES).filter((file) => types.includes(extname(file))).sort();
}

export const contentsOf = (file) => readFileSync(new URL(file, PROCESSES));

/** What a model is called after. */
export const nameOf = (file) => basename(file, extname(file));

/** The templates that Camunda Modeler offers, each with the file that it is in. */
export function templates() {
  return readdirSync(TEMPLATES)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, template: JSON.parse(readFileSync(new URL(file, TEMPLATES))) }));
}

/** A diagram as a tree; fails with words if it cannot be read. */
export const readProcess = (xml) => read(new BpmnModdle({ camunda }), xml);

/** The decisions of a file as a tree; fails with words if they cannot be read. */
export const readDecisions = (xml) => read(new DmnModdle(), xml);

async function read(moddle, xml) {
  const { rootElement, warnings } = await moddle.fromXML(String(xml));
  if (warnings.length > 0) {
    throw new Error(warnings[0].message);
  }
  return rootElement;
}
