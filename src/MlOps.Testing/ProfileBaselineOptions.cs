using MlOps.Data;
using MlOps.Statistics;

namespace MlOps.Testing;

/// <summary>How data are compared with a profile that is kept in a file; see <see cref="DataAssert.MatchesProfileAsync"/>.</summary>
public sealed record ProfileBaselineOptions
{
    /// <summary>The environment variable that has baselines written anew: <c>1</c> or <c>true</c>.</summary>
    public const string UpdateVariable = "MLOPS_UPDATE_BASELINES";

    /// <summary>Significance, smallest effects and correction over the columns. Default: those of <see cref="DriftOptions"/>.</summary>
    public DriftOptions Drift { get; init; } = new();

    /// <summary>Which columns are profiled, and which are personal: the file is made to be committed, and keeps frequent values of the others.</summary>
    public DataProfileOptions Profile { get; init; } = new();

    /// <summary>Whether the file is written anew instead of compared with. Default: null, as <see cref="UpdateVariable"/> says.</summary>
    public bool? Update { get; init; }

    /// <summary>Whether a file that is not there is a failure instead of being written. Default: null, when the environment variable <c>CI</c> is <c>1</c> or <c>true</c>.</summary>
    public bool? MustExist { get; init; }
}
