CREATE TABLE `desk_posts` (
	`ticket_number` integer NOT NULL,
	`key` text NOT NULL,
	`begun_at` integer NOT NULL,
	`channel` text,
	`ts` text,
	PRIMARY KEY(`ticket_number`, `key`)
);
