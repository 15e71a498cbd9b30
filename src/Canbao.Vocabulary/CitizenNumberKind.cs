namespace Canbao.Vocabulary;

/// <summary>The identity document that a number belongs to, as far as the number shows it.</summary>
public enum CitizenNumberKind
{
    /// <summary>公民身份号码 of the resident identity card (居民身份证), GB 11643; 18 digits, or 15 of old.</summary>
    ResidentIdentity,

    /// <summary>Residence permit of a resident of Hong Kong (港澳居民居住证), prefix 810000.</summary>
    HongKongPermit,

    /// <summary>Residence permit of a resident of Macao (港澳居民居住证), prefix 820000.</summary>
    MacaoPermit,

    /// <summary>Residence permit of a resident of Taiwan (台湾居民居住证), prefix 830000.</summary>
    TaiwanPermit,

    /// <summary>Permanent residence card of a foreigner (外国人永久居留身份证) issued before December 2023: 3 letters, 12 digits.</summary>
    ForeignPermanentLettered,

    /// <summary>Permanent residence card of a foreigner (外国人永久居留身份证) issued from 1 December 2023: 18 digits, first 9.</summary>
    ForeignPermanent,
}
