/** Access of one person to one account. `id` is the same for every try, so that a repetition changes nothing. */
export type Access = { id: string; accountId: string; email: string };

export type AccessInForce = Access & { until: Date };

/** The platform that lets people in and shuts them out. */
export interface PlatformAccess {
  /**
   * Lets somebody in until a moment. Safe to repeat with the same id.
   * @throws Error with one sentence for the desk when the platform did not confirm it
   */
  grant(access: AccessInForce & { reason: string }): Promise<void>;
  /** Shuts them out. Safe to repeat, also for what was never granted. @throws as `grant` does */
  revoke(access: Access): Promise<void>;
  /** What the platform holds to be in force, of Waybill's own. @throws as `grant` does */
  list(): Promise<AccessInForce[]>;
  close(): Promise<void>;
}
