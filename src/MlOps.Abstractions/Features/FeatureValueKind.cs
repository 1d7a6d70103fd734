namespace MlOps.Features;

/// <summary>What a <see cref="FeatureValue"/> holds.</summary>
public enum FeatureValueKind
{
    /// <summary>Nothing: the value is not known.</summary>
    Missing,

    /// <summary>A number; integers up to 2⁵³ are exact.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An instant.</summary>
    Time,
}
