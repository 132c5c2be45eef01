// SPDX-License-Identifier: Apache-2.0
#include "CReportPage.h"

#define PART(symbol) { symbol##_name, symbol, sizeof symbol }

static const char page_name[] = "page.mustache";
static const unsigned char page[] = {
#embed "page/page.mustache"
};
static const char lesion_name[] = "lesion.mustache";
static const unsigned char lesion[] = {
#embed "page/lesion.mustache"
};
static const char chapter_name[] = "chapter.mustache";
static const unsigned char chapter[] = {
#embed "page/chapter.mustache"
};
static const char section_name[] = "section.mustache";
static const unsigned char section[] = {
#embed "page/section.mustache"
};
static const char block_name[] = "block.mustache";
static const unsigned char block[] = {
#embed "page/block.mustache"
};
static const char line_name[] = "line.mustache";
static const unsigned char line[] = {
#embed "page/line.mustache"
};
static const char table_name[] = "table.mustache";
static const unsigned char table[] = {
#embed "page/table.mustache"
};
static const char matrix_name[] = "matrix.mustache";
static const unsigned char matrix[] = {
#embed "page/matrix.mustache"
};
static const char figure_name[] = "figure.mustache";
static const unsigned char figure[] = {
#embed "page/figure.mustache"
};
static const char intervention_name[] = "intervention.mustache";
static const unsigned char intervention[] = {
#embed "page/intervention.mustache"
};
static const char words_name[] = "words.json";
static const unsigned char words[] = {
#embed "page/words.json"
};
// One style sheet and one script: their files one after the other.
static const char style_name[] = "report.css";
static const unsigned char style[] = {
#embed "page/report.css"
  ,
#embed "page/charts.css"
  ,
#embed "page/viewer.css"
  ,
#embed "page/print.css"
};
static const char script_name[] = "report.js";
static const unsigned char script[] = {
#embed "page/core.js"
  ,
#embed "page/sections.js"
  ,
#embed "page/distance-field.js"
  ,
#embed "page/contours.js"
  ,
#embed "page/image.js"
  ,
#embed "page/viewer-look.js"
  ,
#embed "page/viewer-sheet.js"
  ,
#embed "page/viewer-writing.js"
  ,
#embed "page/viewer-anatomy.js"
  ,
#embed "page/isodoses.js"
  ,
#embed "page/viewer-treatment.js"
  ,
#embed "page/viewer-needle.js"
  ,
#embed "page/viewer-marks.js"
  ,
#embed "page/viewer-names.js"
  ,
#embed "page/viewer-draw.js"
  ,
#embed "page/viewer-layers.js"
  ,
#embed "page/viewer-image.js"
  ,
#embed "page/viewer-hands.js"
  ,
#embed "page/viewer-speech.js"
  ,
#embed "page/viewer-frames.js"
  ,
#embed "page/viewer.js"
  ,
#embed "page/viewer-mount.js"
  ,
#embed "page/gl3d.js"
  ,
#embed "page/mesh3d.js"
  ,
#embed "page/items3d.js"
  ,
#embed "page/camera3d.js"
  ,
#embed "page/list3d.js"
  ,
#embed "page/scene3d.js"
  ,
#embed "page/page.js"
};

static const char worklist_name[] = "worklist.mustache";
static const unsigned char worklist[] = {
#embed "page/worklist.mustache"
};
static const char worklist_style_name[] = "worklist.css";
static const unsigned char worklist_style[] = {
#embed "page/report.css"
  ,
#embed "page/worklist.css"
};
static const char worklist_script_name[] = "worklist.js";
static const unsigned char worklist_script[] = {
#embed "page/core.js"
  ,
#embed "page/worklist-rows.js"
  ,
#embed "page/worklist-patient.js"
  ,
#embed "page/worklist-view.js"
};

static const struct oligoplan_page_part parts[] = {
  PART(page),     PART(lesion), PART(chapter), PART(section),      PART(block), PART(line),
  PART(table),    PART(matrix), PART(figure),  PART(intervention), PART(words), PART(style), PART(script),
  PART(worklist), PART(worklist_style), PART(worklist_script),
};

size_t oligoplan_page_part_count(void) { return sizeof parts / sizeof parts[0]; }
struct oligoplan_page_part oligoplan_page_part_at(size_t place) { return parts[place]; }
