CREATE TABLE `shares` (
	`id` text PRIMARY KEY NOT NULL,
	`ticket_number` integer NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`shared_by` text NOT NULL,
	`shared_at` integer NOT NULL,
	`revoked_at` integer,
	`revoked_by` text
);
--> statement-breakpoint
CREATE INDEX `shares_ticket` ON `shares` (`ticket_number`);--> statement-breakpoint
ALTER TABLE `downloads` ADD `via` text;