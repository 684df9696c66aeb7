/** An address that a link of ours may have. */
export const isLinkable = (address: string): boolean => /^(https?:\/\/[^\s/]|mailto:[^\s@]+@[^\s@])\S*$/i.test(address);
