/// How long work shows its progress.
package io.regulars.kit.job;
