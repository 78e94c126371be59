/** The id that people find in the Modeler: of the element itself, or of that which it is a part of. */
export function idOf(node) {
  return ['bpmn:FlowElement', 'bpmn:Process'].some((type) => node.$instanceOf(type)) || !node.$parent ? node.id : idOf(node.$parent);
}

export const isQuestion = (node) => node.$instanceOf('bpmn:ExclusiveGateway') && (node.outgoing ?? []).length > 1;

/** A capital at the beginning and none afterwards, but for the product's name and abbreviations. */
export function isSentenceCase(name) {
  const [first, ...others] = name.replaceAll('Smart Account', 'Account').split(/\s+/);
  return /^[A-Z0-9]/.test(first) && others.every((word) => /^[^A-Z]*$|^[A-Z]{2,}s?$|^Account$/.test(word));
}

/** The extensions of that type, also those inside of others, such as input parameters. */
export function extensions(node, type) {
  const inside = (extension) => [
    extension,
    ...(extension.values ?? []),
    ...(extension.inputParameters ?? []),
    ...(extension.outputParameters ?? []),
  ];
  return (node.extensionElements?.values ?? []).flatMap(inside).filter((extension) => extension.$type === type);
}
