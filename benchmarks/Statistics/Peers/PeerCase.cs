namespace MlOps.Benchmarks.Peers;

/// <summary>A row of the comparison: the same work here and in peers.py.</summary>
/// <param name="Name">The function's key in peers.py.</param>
/// <param name="Title">What the table calls it.</param>
/// <param name="Peer">What the peer calls.</param>
/// <param name="Bar">The least ratio at 10^6 doubles that this library promises; 0 for none.</param>
/// <param name="Doubles">The work on doubles; what it returns must be what the peer returns.</param>
/// <param name="Floats">The work on floats; null where there is none.</param>
/// <param name="Fit">What is done once with the reference and not timed, such as fitting; its result is the third argument of the work.</param>
/// <param name="MaximumRows">More rows are left out, where the peer would need hours or memory.</param>
internal sealed record PeerCase(
    string Name,
    string Title,
    string Peer,
    double Bar,
    Func<double[], double[], object?, double> Doubles,
    Func<float[], float[], object?, double>? Floats = null,
    Func<double[], object>? Fit = null,
    int MaximumRows = int.MaxValue);
