import { Model } from 'objection';
import type { CertificateSnapshot } from '../contract/certificates.ts';

/** An immutable snapshot, one per enrolment. The database refuses to change it. */
export class Certificate extends Model {
  static override tableName = 'certificates';
  declare id: string;
  declare enrolment_id: string;
  declare code: string;
  declare person_id: string;
  declare body_id: string;
  declare member_id: string | null;
  declare area_code: string;
  declare issued_at: Date;
  declare snapshot: CertificateSnapshot;
  declare signed: string;
  declare key_id: string;
  declare revocation?: CertificateRevocation | null;

  static override get jsonAttributes() {
    return ['snapshot'];
  }

  static override get relationMappings() {
    return {
      revocation: { relation: Model.HasOneRelation, modelClass: CertificateRevocation, join: { from: 'certificates.id', to: 'certificate_revocations.certificate_id' } },
    };
  }
}

/** UPI took it back: who, when, why. */
export class CertificateRevocation extends Model {
  static override tableName = 'certificate_revocations';
  static override idColumn = 'certificate_id';
  declare certificate_id: string;
  declare reason: string;
  declare revoked_by: string;
  declare revoked_at: Date;
}
