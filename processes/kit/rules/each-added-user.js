/** An email to each added user is sent by a loop, and each of them is tried again by itself. */
export default () => ({
  check(node, reporter) {
    const inputs = node.extensionElements?.values?.flatMap((extension) => extension.inputParameters ?? []) ?? [];
    if (!inputs.some(({ name, value }) => name === 'emailRecipient' && value === 'addedUser')) {
      return;
    }
    const loop = node.loopCharacteristics;
    if (!loop?.asyncBefore || loop.collection !== '${addedUsers.of(execution)}' || loop.elementVariable !== 'addedUser') {
      reporter.report(
        node.id,
        'It is no loop over the added users: make it a parallel multi-instance with the collection ${addedUsers.of(execution)}, the element variable addedUser and "Asynchronous before".',
      );
    }
  },
});
