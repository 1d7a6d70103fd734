using System.ComponentModel.DataAnnotations;
using MlOps.Statistics;

namespace MlOps.Monitoring;

/// <summary>How one model is watched. Checked when the application starts.</summary>
public sealed class ModelMonitorOptions
{
    /// <summary>The configuration section whose children bind to it, one for each monitor by its name.</summary>
    public const string SectionName = "MlOps:Monitors";

    /// <summary>
    /// The registered model whose versions answer, where the monitor watches a deployment or a replay under a name of its own; default: the
    /// monitor's name.
    /// </summary>
    public string? RegisteredModel { get; set; }

    /// <summary>The length of a window; default one day.</summary>
    [AllowedRange("00:00:00.001", "36500.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(1);

    /// <summary>An instant at which some window starts; null starts the first at midnight (UTC) of the first prediction's day.</summary>
    public DateTimeOffset? Origin { get; set; }

    /// <summary>How long after its end a window waits for its outcomes before it is judged; default zero.</summary>
    [AllowedRange("00:00:00", "36500.00:00:00")]
    public TimeSpan OutcomeDelay { get; set; }

    /// <summary>What the model predicts; default a probability.</summary>
    public PredictionTask Task { get; set; }

    /// <summary>
    /// When a column's difference from the baseline counts as drift. A monitor looks at every window, and seasons are no fault: by default a normal
    /// column must have moved by a quarter of its standard deviation (a KS distance of 0.1) or have changed its spread by a quarter.
    /// </summary>
    [Required(ErrorMessage = "{0} is null; leave its default, or set DriftRule to null to compare with no baseline.")]
    public DriftOptions Drift { get; set; } = new() { MinimumEffect = 0.1, MinimumSpreadChange = 0.25 };

    /// <summary>When to alert on drift; null never compares with a baseline.</summary>
    public DriftRule? DriftRule { get; set; } = new();

    /// <summary>When to alert on performance; null never does, and still measures it.</summary>
    public PerformanceRule? PerformanceRule { get; set; } = new();

    /// <summary>For how long after an alert the same rule stays silent, counted from window end to window end; default zero.</summary>
    [AllowedRange("00:00:00", "36500.00:00:00")]
    public TimeSpan CoolDown { get; set; }
}
