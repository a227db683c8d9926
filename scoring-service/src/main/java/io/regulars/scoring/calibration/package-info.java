/// Learns cut-points and cycles from each shop, on its schedule and as it grows, and has it scored anew by them.
package io.regulars.scoring.calibration;
