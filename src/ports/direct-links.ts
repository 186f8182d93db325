/**
 * Links into the storage itself, for those who want no gateway in the way. The window of an export's links can be moved
 * after they were handed out, and closing it kills them. Nobody counts their downloads.
 */
export interface DirectLinks {
  /**
   * Opens the window of an export's links, or moves its end; safe to repeat. It may take the storage half a minute to
   * follow. A window that was closed and is opened again under the same id revives its links: take a new id then.
   * @param windowId 1 to 64 letters, digits or hyphens; an export has at most five open windows
   */
  openWindow(exportId: string, windowId: string, expiresAt: Date): Promise<void>;
  /** Kills the links of a window; safe to repeat. */
  closeWindow(exportId: string, windowId: string): Promise<void>;
  /** A link to a blob, `<export id>/<file>`, that works while the window is open; the same every time. */
  url(name: string, fileName: string, windowId: string): string;
}
