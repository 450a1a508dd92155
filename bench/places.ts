/** Where things are: the repository, and the bundled scripts that are run as processes of their own. */
export interface Places {
  readonly root: string;
  readonly bundle: string;
}
