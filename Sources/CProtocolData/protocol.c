// SPDX-License-Identifier: Apache-2.0
#include "CProtocolData.h"

// One YAML document in parts: identity, sources, needs, rules. Every part ends with a line break.
static const unsigned char text[] = {
#embed "protocol/00-protocol.yaml"
  ,
#embed "protocol/05-numbers.yaml"
  ,
#embed "protocol/10-sources-biology.yaml"
  ,
#embed "protocol/11-sources-surgery.yaml"
  ,
#embed "protocol/12-sources-ablation.yaml"
  ,
#embed "protocol/13-sources-ablation-neighbours.yaml"
  ,
#embed "protocol/14-sources-sbrt.yaml"
  ,
#embed "protocol/15-sources-liver.yaml"
  ,
#embed "protocol/16-sources-oligoplan.yaml"
  ,
#embed "protocol/17-sources-radiotherapy.yaml"
  ,
#embed "protocol/18-sources-ablation-planning.yaml"
  ,
#embed "protocol/19-sources-resection.yaml"
  ,
#embed "protocol/20-needs.yaml"
  ,
#embed "protocol/30-rules-patient.yaml"
  ,
#embed "protocol/31-rules-lung-ablation.yaml"
  ,
#embed "protocol/32-rules-lung-sbrt.yaml"
  ,
#embed "protocol/33-rules-lung-surgery.yaml"
  ,
#embed "protocol/34-rules-liver.yaml"
  ,
#embed "protocol/35-rules-ablation-fitness.yaml"
  ,
#embed "protocol/36-rules-lung-ablation-centre.yaml"
  ,
#embed "protocol/37-rules-lung-ablation-rim.yaml"
  ,
#embed "protocol/38-rules-sbrt-neighbours.yaml"
  ,
#embed "protocol/39-rules-lung-surgery-fitness.yaml"
  ,
#embed "protocol/40-rules-liver-neighbours.yaml"
  ,
#embed "protocol/41-rules-liver-resection.yaml"
  ,
#embed "protocol/42-rules-liver-radiation.yaml"
  ,
#embed "protocol/43-rules-patient-history.yaml"
  ,
#embed "protocol/44-rules-sbrt-dose.yaml"
  ,
#embed "protocol/45-rules-ablation-plan.yaml"
  ,
#embed "protocol/48-rules-resection-plan.yaml"
  ,
#embed "protocol/50-radiotherapy.yaml"
  ,
#embed "protocol/51-radiotherapy-limits-uk22.yaml"
  ,
#embed "protocol/52-radiotherapy-limits-tg101.yaml"
  ,
#embed "protocol/53-radiotherapy-limits-tim21.yaml"
  ,
#embed "protocol/54-radiotherapy-limits-trials.yaml"
  ,
#embed "protocol/55-radiotherapy-cumulative.yaml"
  ,
#embed "protocol/60-ablation.yaml"
  ,
#embed "protocol/61-ablation-neighbours.yaml"
  ,
#embed "protocol/62-ablation-notes.yaml"
  ,
#embed "protocol/70-resection.yaml"
  ,
#embed "protocol/71-resection-notes.yaml"
  ,
#embed "protocol/80-joint.yaml"
  ,
#embed "protocol/90-worklists.yaml"
};
const unsigned char *oligoplan_default_protocol(void) { return text; }
size_t oligoplan_default_protocol_size(void) { return sizeof text; }
