// What `make test` does not hold the program to yet; `make walk` does. By the invariant's name, perhaps with the
// beginning of the addresses for which it is off; each is mended by a later issue.
export const off = {
  'typed-network-unscripted /staff/new': 'without script a browser that gives back the name of somebody else on Back would also remember it',
  'typed-network-unscripted /staff/search': 'the same of what is searched for'
}

/** Under which of these names a breach at that address is off. */
export const offAs = (list, name, address) => list.find(entry => {
  const [only, prefix = ''] = entry.split(' ')
  return only === name && address.startsWith(prefix)
})
