/// Keeps the system's processes running and takes commands about them.
package io.regulars.local.supervise;
